. ./shared/lib/say.sh
say data-api
while true; do sleep 1; done
