#!/usr/bin/env bash
# Deploys everything to Google Cloud; idempotent: PROJECT=… REGION=… deploy/google-cloud/deploy.sh
# Prerequisites: a PostgreSQL that the services can reach, with a migrated schema (java -jar …-app.jar migrate); the four
# secrets that the services reference in Secret Manager; the service account odometer@PROJECT with
# roles/secretmanager.secretAccessor; `mvn -DskipTests package`. The script has not been run against Google Cloud.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${PROJECT:?}" "${REGION:?}"
export CLOUDSDK_CORE_PROJECT="$PROJECT" CLOUDSDK_CORE_DISABLE_PROMPTS=1
image="$REGION-docker.pkg.dev/$PROJECT/odometer/odometer-google-cloud:0.1.0"
account="odometer@$PROJECT.iam.gserviceaccount.com"

# Optional: the bucket for usage exports, the number of past days to export each night and their time zone; the retention
# in days of dead letters, export and import records, and notifications. Without a value the feature is off.
bucket="${EXPORTS_BUCKET:-}" days="${EXPORTED_DAYS:-0}" zone="${EXPORTS_ZONE:-UTC}"
# Optional: the bucket for archived events, and the number of days after which events move there.
archive="${ARCHIVE_BUCKET:-}" archived_days="${ARCHIVED_DAYS:-}"
keep_parked="${KEEP_PARKED_DAYS:-}" keep_exports="${KEEP_EXPORTS_DAYS:-}" keep_imports="${KEEP_IMPORTS_DAYS:-}" keep_told="${KEEP_NOTIFICATIONS_DAYS:-}"
# Whether due notifications are delivered every minute; on by default.
deliver="${DELIVER_NOTIFICATIONS:-true}"
# Whether invoices are drafted and issued every minute without a request; on by default.
invoice="${ISSUE_INVOICES:-true}"
# Optional: the time from which on issued invoices are handed over to Stripe, such as 2026-11-01T00:00:00Z. The secret
# odometer-stripe-api-key has the key.
hand_off="${HAND_OFF_FROM:-}"
# Optional: the SMTP server for e-mail notifications, the sender address, and the encryption of the connection. The secrets
# odometer-email-user and odometer-email-password have the credentials. Google Cloud blocks outbound connections to port 25.
email="${EMAIL_HOST:-}" sender="${EMAIL_FROM:-}" tls="${EMAIL_TLS:-starttls}"

# Whether a resource exists.
there() {
    gcloud "$@" > /dev/null 2>&1
}

there artifacts repositories describe odometer --location "$REGION" \
    || gcloud artifacts repositories create odometer --repository-format docker --location "$REGION"
docker build -f deploy/google-cloud/Dockerfile -t "$image" .
docker push "$image"

for service in api events files; do
    sed "s/PROJECT/$PROJECT/g; s/REGION/$REGION/g; s/EXPORTS_BUCKET/$bucket/; s/EXPORTED_DAYS/$days/; s|ZONE_OF_EXPORTS|$zone|
        s/ARCHIVE_BUCKET/$archive/; s/ARCHIVED_DAYS/$archived_days/
        s/KEEP_PARKED_DAYS/$keep_parked/; s/KEEP_EXPORTS_DAYS/$keep_exports/; s/KEEP_IMPORTS_DAYS/$keep_imports/; s/KEEP_NOTIFICATIONS_DAYS/$keep_told/; s/IS_TO_DELIVER/$deliver/; s/IS_TO_INVOICE/$invoice/; s/TIME_OF_FIRST_INVOICE/$hand_off/
        s|EMAIL_SERVER|$email|; s|EMAIL_SENDER|$sender|; s|EMAIL_PRIVACY|$tls|" "deploy/google-cloud/$service.yaml" \
        | gcloud run services replace - --region "$REGION"
done
if [ -n "$email" ]; then
    gcloud run services update odometer-events --region "$REGION" --update-secrets \
        "ODOMETER_EMAIL_USER=odometer-email-user:latest,ODOMETER_EMAIL_PASSWORD=odometer-email-password:latest"
fi
if [ -n "$hand_off" ]; then
    gcloud run services update odometer-events --region "$REGION" --update-secrets \
        "ODOMETER_STRIPE_API_KEY=odometer-stripe-api-key:latest"
fi
# The API checks its own keys, so it is public for Cloud Run; the other services are protected by IAM.
gcloud run services add-iam-policy-binding odometer-api --region "$REGION" --member allUsers --role roles/run.invoker
gcloud run services add-iam-policy-binding odometer-events --region "$REGION" \
    --member "serviceAccount:$account" --role roles/run.invoker
gcloud run services add-iam-policy-binding odometer-files --region "$REGION" \
    --member "serviceAccount:$account" --role roles/run.invoker
events=$(gcloud run services describe odometer-events --region "$REGION" --format 'value(status.url)')
files=$(gcloud run services describe odometer-files --region "$REGION" --format 'value(status.url)')

# Usage through Pub/Sub: redelivered with backoff until it is acknowledged; after ten attempts it is a dead letter.
for topic in usage usage-dead files files-dead; do
    there pubsub topics describe "$topic" || gcloud pubsub topics create "$topic"
done
for dead in usage-dead files-dead; do
    there pubsub subscriptions describe "$dead" \
        || gcloud pubsub subscriptions create "$dead" --topic "$dead" \
            --message-retention-duration 31d --expiration-period never
done
push=(--push-endpoint "$events/channels/usage" --push-auth-service-account "$account"
    --ack-deadline 300 --min-retry-delay 10s --max-retry-delay 600s --expiration-period never
    --dead-letter-topic usage-dead --max-delivery-attempts 10)
# Message ordering cannot be changed after creation, so it is not an option of the update.
if there pubsub subscriptions describe usage; then
    gcloud pubsub subscriptions update usage "${push[@]}"
else
    gcloud pubsub subscriptions create usage --topic usage --enable-message-ordering "${push[@]}"
fi
# Usage files below inbox/ in a bucket: one message per file. While an import is incomplete, its message is redelivered.
inbox="$PROJECT-odometer-files"
there storage buckets describe "gs://$inbox" \
    || gcloud storage buckets create "gs://$inbox" --location "$REGION" \
        --uniform-bucket-level-access --public-access-prevention
gcloud storage buckets add-iam-policy-binding "gs://$inbox" \
    --member "serviceAccount:$account" --role roles/storage.objectUser
gcloud storage service-agent
number=$(gcloud projects describe "$PROJECT" --format 'value(projectNumber)')
gcloud pubsub topics add-iam-policy-binding files \
    --member "serviceAccount:service-$number@gs-project-accounts.iam.gserviceaccount.com" --role roles/pubsub.publisher
gcloud storage buckets notifications list "gs://$inbox" | grep -q topics/files \
    || gcloud storage buckets notifications create "gs://$inbox" --topic files \
        --event-types OBJECT_FINALIZE --object-prefix inbox/ --payload-format json
push=(--push-endpoint "$files/channels/files" --push-auth-service-account "$account"
    --ack-deadline 300 --min-retry-delay 10s --max-retry-delay 600s --expiration-period never
    --dead-letter-topic files-dead --max-delivery-attempts 100)
if there pubsub subscriptions describe files; then
    gcloud pubsub subscriptions update files "${push[@]}"
else
    gcloud pubsub subscriptions create files --topic files "${push[@]}"
fi

# The service agent of Pub/Sub publishes dead letters, and authenticates as the account that may call the service.
pubsub="serviceAccount:service-$number@gcp-sa-pubsub.iam.gserviceaccount.com"
for way in usage files; do
    gcloud pubsub topics add-iam-policy-binding "$way-dead" --member "$pubsub" --role roles/pubsub.publisher
    gcloud pubsub subscriptions add-iam-policy-binding "$way" --member "$pubsub" --role roles/pubsub.subscriber
done
gcloud iam service-accounts add-iam-policy-binding "$account" \
    --member "$pubsub" --role roles/iam.serviceAccountTokenCreator

# The enabled schedules. A failed call is retried with the same due time.
schedule() {
    job=(--location "$REGION" --schedule "$2" --time-zone "$3" --uri "$events/schedules/$1" --http-method POST
        --oidc-service-account-email "$account" --attempt-deadline 180s --max-retry-attempts 5)
    verb=create
    if there scheduler jobs describe "odometer-$1" --location "$REGION"; then verb=update; fi
    gcloud scheduler jobs "$verb" http "odometer-$1" "${job[@]}"
}
if [ -n "$bucket" ]; then
    gcloud storage buckets add-iam-policy-binding "gs://$bucket" \
        --member "serviceAccount:$account" --role roles/storage.objectUser
    schedule runExports "* * * * *" UTC
fi
if [ -n "$bucket" ] && [ "$days" != 0 ]; then
    schedule requestExports "0 2 * * *" "$zone"
fi
if [ -n "$archive" ]; then
    gcloud storage buckets add-iam-policy-binding "gs://$archive" \
        --member "serviceAccount:$account" --role roles/storage.objectUser
fi
if [ -n "$archive" ] && [ -n "$archived_days" ]; then
    schedule archiveUsage "20 * * * *" UTC
fi
if [ -n "$keep_parked$keep_exports$keep_imports$keep_told" ]; then
    schedule applyRetention "30 3 * * *" UTC
fi
if [ "$deliver" = true ]; then
    schedule deliverNotifications "* * * * *" UTC
fi
if [ "$invoice" = true ]; then
    schedule draftInvoices "* * * * *" UTC
    schedule issueInvoices "* * * * *" UTC
fi
if [ -n "$hand_off" ]; then
    schedule handOverInvoices "* * * * *" UTC
fi
