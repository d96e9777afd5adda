/**
 * Who pays, and which subjects are theirs. A subject is whatever name events carry; it belongs to at most one live
 * customer, by equalling its key or one of its subject keys. Nothing here decides whether usage is counted.
 */
@NullMarked
package dev.odometer.metering.customer;

import org.jspecify.annotations.NullMarked;
