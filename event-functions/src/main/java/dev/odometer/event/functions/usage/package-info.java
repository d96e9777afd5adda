/**
 * Ingestion of usage from the channel {@code usage}. A batch is recorded completely or not at all, and each event
 * counts once however often it is delivered.
 */
@NullMarked
package dev.odometer.event.functions.usage;

import org.jspecify.annotations.NullMarked;
