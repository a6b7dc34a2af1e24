. ./shared/lib/say.sh
say automation-service
while true; do sleep 1; done
