. ./shared/lib/say.sh
say data-retention
while true; do sleep 1; done
