/**
 * Sending events and looking at them. An event is kept whatever meters or customers exist; why it is not counted or not
 * attributed is found out when it is read, so the answer follows the meters of today.
 */
@NullMarked
package dev.odometer.api.functions.events;

import org.jspecify.annotations.NullMarked;
