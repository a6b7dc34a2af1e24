echo "app runs in ${ENVIRONMENT:-?}"
while true; do sleep 1; done
