#!/usr/bin/env bash
# Everything on Google Cloud, once: PROJECT=… REGION=… deploy/google-cloud/deploy.sh
# Before: a PostgreSQL that the services reach, its tables (java -jar …-app.jar migrate), the four secrets that the
# services name in Secret Manager, the service account odometer@PROJECT with roles/secretmanager.secretAccessor, and
# `mvn -DskipTests package`.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${PROJECT:?}" "${REGION:?}"
registry="$REGION-docker.pkg.dev/$PROJECT/odometer"
account="odometer@$PROJECT.iam.gserviceaccount.com"
number=$(gcloud projects describe "$PROJECT" --format='value(projectNumber)')

gcloud artifacts repositories describe odometer --location "$REGION" --project "$PROJECT" > /dev/null 2>&1 \
    || gcloud artifacts repositories create odometer --repository-format docker --location "$REGION" --project "$PROJECT"
docker build -f deploy/google-cloud/Dockerfile -t "$registry/odometer-google-cloud:0.1.0" .
docker push "$registry/odometer-google-cloud:0.1.0"

for service in api events; do
    sed "s/PROJECT/$PROJECT/g; s/REGION/$REGION/g" "deploy/google-cloud/$service.yaml" \
        | gcloud run services replace - --region "$REGION" --project "$PROJECT"
done
# The API asks for its own keys; the events ask Google who is calling.
gcloud run services add-iam-policy-binding odometer-api --region "$REGION" --project "$PROJECT" \
    --member allUsers --role roles/run.invoker
gcloud run services add-iam-policy-binding odometer-events --region "$REGION" --project "$PROJECT" \
    --member "serviceAccount:$account" --role roles/run.invoker
events=$(gcloud run services describe odometer-events --region "$REGION" --project "$PROJECT" --format='value(status.url)')

# Usage through Pub/Sub: redelivered with pauses until it is acknowledged, and after ten times it goes to the dead letters.
gcloud pubsub topics create usage --project "$PROJECT"
gcloud pubsub topics create usage-dead --project "$PROJECT"
gcloud pubsub subscriptions create usage-dead --topic usage-dead --message-retention-duration 31d \
    --expiration-period never --project "$PROJECT"
gcloud pubsub subscriptions create usage --topic usage --project "$PROJECT" \
    --push-endpoint "$events/channels/usage" --push-auth-service-account "$account" \
    --ack-deadline 300 --min-retry-delay 10s --max-retry-delay 600s --expiration-period never \
    --dead-letter-topic usage-dead --max-delivery-attempts 10
# Pub/Sub itself moves what is dead.
pubsub="serviceAccount:service-$number@gcp-sa-pubsub.iam.gserviceaccount.com"
gcloud pubsub topics add-iam-policy-binding usage-dead --member "$pubsub" --role roles/pubsub.publisher --project "$PROJECT"
gcloud pubsub subscriptions add-iam-policy-binding usage --member "$pubsub" --role roles/pubsub.subscriber --project "$PROJECT"
