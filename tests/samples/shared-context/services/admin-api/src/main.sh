. ./shared/lib/say.sh
say admin-api
while true; do sleep 1; done
