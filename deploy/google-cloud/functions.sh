#!/usr/bin/env bash
# Deploys Cloud Functions instead of images to build; idempotent: PROJECT=… REGION=… deploy/google-cloud/functions.sh
# Prerequisites: those of deploy.sh, and the resources that it creates; the account needs roles/run.invoker for the trigger.
# The script has not been run against Google Cloud.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${PROJECT:?}" "${REGION:?}"
export CLOUDSDK_CORE_PROJECT="$PROJECT" CLOUDSDK_CORE_DISABLE_PROMPTS=1
account="odometer@$PROJECT.iam.gserviceaccount.com"

function=(--gen2 --region "$REGION" --runtime java17 --source adapters/platforms/google-cloud/target/odometer-google-cloud
    --entry-point dev.odometer.google.cloud.CloudFunction --memory 512Mi --cpu 1
    --service-account "$account"
    --set-secrets "ODOMETER_DATABASE_URL=odometer-database-url:latest,ODOMETER_DATABASE_USER=odometer-database-user:latest,ODOMETER_DATABASE_PASSWORD=odometer-database-password:latest,ODOMETER_API_KEYS=odometer-api-keys:latest")

gcloud functions deploy odometer-api "${function[@]}" --trigger-http --allow-unauthenticated \
    --concurrency 16 --set-env-vars JAVA_TOOL_OPTIONS=-XX:+ExitOnOutOfMemoryError,ODOMETER_PUSH=off,ODOMETER_DATABASE_POOL_SIZE=8
# Without --retry, an event that cannot be counted now would be dropped.
gcloud functions deploy odometer-usage "${function[@]}" --trigger-topic usage --retry --trigger-service-account "$account" \
    --ingress-settings internal-only --no-allow-unauthenticated --concurrency 16 \
    --set-env-vars JAVA_TOOL_OPTIONS=-XX:+ExitOnOutOfMemoryError,ODOMETER_PUSH=open,SPRING_CLOUD_FUNCTION_DEFINITION=recordUsage,ODOMETER_DATABASE_POOL_SIZE=8

# All objects in the bucket of deploy.sh; the function recognises files that it writes there itself by their names.
gcloud functions deploy odometer-files "${function[@]}" --trigger-bucket "$PROJECT-odometer-files" --retry \
    --trigger-service-account "$account" --ingress-settings internal-only --no-allow-unauthenticated \
    --concurrency 1 --timeout 300 --set-env-vars \
    JAVA_TOOL_OPTIONS=-XX:+ExitOnOutOfMemoryError,ODOMETER_PUSH=open,SPRING_CLOUD_FUNCTION_DEFINITION=importUsageFile,ODOMETER_DATABASE_POOL_SIZE=2,ODOMETER_FILES_STORE=google

# The schedules are in deploy.sh.
