echo "scheduler runs in ${ENVIRONMENT:-?}"
while true; do sleep 1; done
