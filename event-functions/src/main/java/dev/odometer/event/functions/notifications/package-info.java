/**
 * What rules noticed goes out to those who want to be told: at least once, under one id. A delivery is taken by a lease
 * that is longer than a try, so whoever dies with it gives it back; a receiver that is slow or dead holds up its own
 * channel only.
 */
@NullMarked
package dev.odometer.event.functions.notifications;

import org.jspecify.annotations.NullMarked;
