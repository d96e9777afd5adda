/** Tests of e-invoices with the published schema and rules. */
@NullMarked
package dev.odometer.einvoice;

import org.jspecify.annotations.NullMarked;
