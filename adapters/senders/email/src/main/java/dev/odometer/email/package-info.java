/**
 * Notifications as e-mail, one to each mailbox, over SMTP. The Message-ID is made of the notification and the channel: a
 * message that comes twice can be recognised.
 */
@NullMarked
package dev.odometer.email;

import org.jspecify.annotations.NullMarked;
