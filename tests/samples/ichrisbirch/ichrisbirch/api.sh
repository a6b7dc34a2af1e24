echo "api runs in ${ENVIRONMENT:-?}"
while true; do sleep 1; done
