/**
 * The hand-off of issued invoices to a payment provider. Each invoice is handed over once: its progress is stored after
 * every step that has an id at the provider, an attempt looks up what earlier attempts have created, and a lease gives
 * an invoice to one worker at a time. An invoice that is voided later is withdrawn at the provider.
 */
@NullMarked
package dev.odometer.metering.handoff;

import org.jspecify.annotations.NullMarked;
