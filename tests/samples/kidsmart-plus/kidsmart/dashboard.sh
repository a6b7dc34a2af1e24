echo "dashboard listens to $queue"
while true; do sleep 1; done
