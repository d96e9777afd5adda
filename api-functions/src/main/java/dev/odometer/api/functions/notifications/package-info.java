/** Notification channels, rules and the notification events that rules raise. Delivery is not part of this package. */
@NullMarked
package dev.odometer.api.functions.notifications;

import org.jspecify.annotations.NullMarked;
