/**
 * Sends notifications as webhooks by the Standard Webhooks specification (standardwebhooks.com). Each attempt opens one
 * connection. The host name is resolved once and its addresses are checked before the connection, which prevents DNS
 * rebinding; addresses that are not public are refused unless a setting allows them. An attempt has 15 seconds in
 * total.
 */
@NullMarked
package dev.odometer.webhook;

import org.jspecify.annotations.NullMarked;
