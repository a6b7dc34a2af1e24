. ./shared/lib/say.sh
say energy-service
while true; do sleep 1; done
