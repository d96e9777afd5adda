package dev.odometer.metering.notification;

import org.jspecify.annotations.Nullable;

/**
 * What a notification is about, as far as it can be searched by.
 *
 * @param featureId absent, with the key, for plain usage
 * @param subject the key of the subject
 */
public record Topic(
        @Nullable String featureId,
        @Nullable String featureKey,
        @Nullable String subject) {}
