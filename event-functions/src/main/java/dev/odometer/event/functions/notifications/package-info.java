/**
 * Delivery of notification events to their channels, at least once, under one id. A delivery is leased for longer than
 * an attempt takes, so a crashed process releases it; a slow or dead receiver delays its own channel only.
 */
@NullMarked
package dev.odometer.event.functions.notifications;

import org.jspecify.annotations.NullMarked;
