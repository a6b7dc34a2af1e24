. ./shared/lib/say.sh
say weather-service
while true; do sleep 1; done
