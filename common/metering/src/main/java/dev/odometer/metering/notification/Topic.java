package dev.odometer.metering.notification;

import org.jspecify.annotations.Nullable;

/**
 * The feature and subject of a notification, by which it can be searched.
 *
 * @param featureId absent, like the key, for an alert on the usage of a meter or an invoice
 * @param subject the key of the subject; absent for an invoice of a customer without subjects
 */
public record Topic(
        @Nullable String featureId,
        @Nullable String featureKey,
        @Nullable String subject) {}
