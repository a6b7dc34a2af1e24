. ./shared/lib/say.sh
say log-aggregator
while true; do sleep 1; done
