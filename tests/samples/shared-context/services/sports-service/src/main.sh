. ./shared/lib/say.sh
say sports-service
while true; do sleep 1; done
