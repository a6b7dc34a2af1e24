. ./shared/lib/say.sh
say websocket-ingestion
while true; do sleep 1; done
