. ./shared/lib/say.sh
say device-intelligence-service
while true; do sleep 1; done
