/**
 * Webhooks as standardwebhooks.com has them. One try is one connection, to an address that was looked at before: names
 * are resolved once, and what is not of the public internet is not spoken to unless a setting allows it. A receiver has 15
 * seconds from the first packet to the last, whatever it does with them.
 */
@NullMarked
package dev.odometer.webhook;

import org.jspecify.annotations.NullMarked;
