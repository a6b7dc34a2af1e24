echo "api for ${TENANT:-nobody}"
while true; do sleep 1; done
