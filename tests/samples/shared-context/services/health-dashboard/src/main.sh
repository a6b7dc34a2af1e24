. ./shared/lib/say.sh
say health-dashboard
while true; do sleep 1; done
