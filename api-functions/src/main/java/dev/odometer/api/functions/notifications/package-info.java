/**
 * Functions of those who want to be told: channels, the rules that use them, and what the rules have noticed. None of
 * them delivers anything itself.
 */
@NullMarked
package dev.odometer.api.functions.notifications;

import org.jspecify.annotations.NullMarked;
