echo "api listens to $queue"
while true; do sleep 1; done
