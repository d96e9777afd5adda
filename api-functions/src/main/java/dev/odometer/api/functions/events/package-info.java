/**
 * Ingestion and listing of events. An event is stored whatever meters and customers exist; why it is not counted or not
 * attributed is determined when it is read, so the result reflects the current meters and customers.
 */
@NullMarked
package dev.odometer.api.functions.events;

import org.jspecify.annotations.NullMarked;
