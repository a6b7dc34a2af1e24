. ./shared/lib/say.sh
say enrichment-pipeline
while true; do sleep 1; done
