/**
 * Sends notifications as e-mail over SMTP, one message per mailbox. The Message-ID consists of the ids of the
 * notification and the channel, so a duplicate can be recognized.
 */
@NullMarked
package dev.odometer.email;

import org.jspecify.annotations.NullMarked;
