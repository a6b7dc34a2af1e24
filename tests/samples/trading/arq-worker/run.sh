echo "arq-worker for ${TENANT:-nobody}"
while true; do sleep 1; done
