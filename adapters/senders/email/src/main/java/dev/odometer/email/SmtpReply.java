package dev.odometer.email;

import jakarta.mail.MessagingException;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Why a server did not take a message (RFC 5321, 4.2).
 *
 * @param code absent when it did not say
 * @param mailbox whether it speaks of the mailbox or the message; else it is about who sends, which settings can change
 */
record SmtpReply(@Nullable Integer code, String text, boolean mailbox) {

    /** Bad destination mailbox, mailbox has moved, recipient's domain takes no mail (RFC 3463, 3.2; RFC 7505). */
    private static final Pattern NO_MAILBOX = Pattern.compile("5\\d\\d[ -]5\\.1\\.(1|6|10)\\b.*", Pattern.DOTALL);

    static SmtpReply of(Exception failure) {
        SmtpReply first = new SmtpReply(null, withCause(failure), false);
        Exception next = failure;
        while (next != null) {
            if (next instanceof SMTPAddressFailedException address) {
                return new SmtpReply(address.getReturnCode(), said(address), true);
            }
            if (next instanceof SMTPSendFailedException message) {
                boolean data = !String.valueOf(message.getCommand()).startsWith("MAIL");
                first = new SmtpReply(message.getReturnCode(), said(message), data);
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

    private static String said(Exception failure) {
        return String.valueOf(failure.getMessage()).strip();
    }

    /** Codes from 530 to 539 are about logins. */
    boolean isPermanent() {
        return mailbox && code != null && code / 100 == 5 && code / 10 != 53;
    }

    boolean saysThereIsNoMailbox() {
        return isPermanent() && NO_MAILBOX.matcher(text).matches();
    }
}
