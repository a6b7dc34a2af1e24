. ./shared/lib/say.sh
say ai-training-service
while true; do sleep 1; done
