package dev.odometer.email;

import jakarta.mail.MessagingException;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * The reply of an SMTP server that did not accept a message (RFC 5321, 4.2).
 *
 * @param code the reply code; null if there was no reply
 * @param mailbox whether the failure concerns the mailbox or the message; otherwise it concerns the sender, and an
 *     operator can correct it by settings
 */
record SmtpReply(@Nullable Integer code, String text, boolean mailbox) {

    /** Bad mailbox address, mailbox has moved, the domain does not accept mail (RFC 3463, 3.2; RFC 7505). */
    private static final Pattern NO_MAILBOX = Pattern.compile("5\\d\\d[ -]5\\.1\\.(1|6|10)\\b.*", Pattern.DOTALL);

    static SmtpReply of(Exception failure) {
        SmtpReply first = new SmtpReply(null, withCause(failure), false);
        Exception next = failure;
        while (next != null) {
            if (next instanceof SMTPAddressFailedException address) {
                return new SmtpReply(address.getReturnCode(), text(address), true);
            }
            if (next instanceof SMTPSendFailedException message) {
                // A refused MAIL FROM concerns the sender; a refused DATA concerns the message.
                boolean concernsMessage = !String.valueOf(message.getCommand()).startsWith("MAIL");
                first = new SmtpReply(message.getReturnCode(), text(message), concernsMessage);
            }
            next = next instanceof MessagingException chained ? chained.getNextException() : null;
        }
        return first;
    }

    private static String withCause(Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "not sent: " + failure.getMessage() + (root == failure ? "" : ": " + root.getMessage());
    }

    private static String text(Exception failure) {
        return String.valueOf(failure.getMessage()).strip();
    }

    /** Whether a retry cannot succeed. Codes 530 to 539 concern authentication, which settings can correct. */
    boolean isPermanent() {
        return mailbox && code != null && code / 100 == 5 && code / 10 != 53;
    }

    boolean isNoMailbox() {
        return isPermanent() && NO_MAILBOX.matcher(text).matches();
    }
}
