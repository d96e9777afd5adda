package dev.odometer.email;

import dev.odometer.email.EmailCourier.Answer;
import dev.odometer.metering.notification.Courier.FollowUp;
import dev.odometer.metering.notification.Courier.OutboundMessage;
import dev.odometer.metering.notification.Target.Email;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Sends a notification to several mailboxes over one connection, as one message per mailbox, so that no recipient sees
 * the others.
 */
final class MailBatch {

    private static final int DELIVERED = 250;

    private final EmailSettings settings;
    private final OutboundMessage outbound;
    private final Email email;
    private final JavaMailSenderImpl sender = new JavaMailSenderImpl();

    MailBatch(EmailSettings settings, OutboundMessage outbound, Email email) {
        this.settings = settings;
        this.outbound = outbound;
        this.email = email;
        sender.setHost(settings.host());
        sender.setPort(settings.port());
        sender.setJavaMailProperties(settings.properties());
        if (!settings.login().user().isEmpty()) {
            sender.setUsername(settings.login().user());
            sender.setPassword(settings.login().password());
        }
    }

    Answer send() throws MessagingException {
        var messages = new ArrayList<MimeMessage>();
        for (String mailbox : email.to()) {
            messages.add(message(mailbox));
        }
        try {
            sender.send(messages.toArray(MimeMessage[]::new));
            return new Answer(true, DELIVERED, "", FollowUp.RETRY);
        } catch (MailSendException failure) {
            Map<Object, Exception> failed = failure.getFailedMessages();
            return failed.isEmpty()
                    ? Answer.none("not sent: " + failure.getMessage())
                    : answer(failed.values(), failed.size() == messages.size());
        } catch (MailException failure) {
            return Answer.none("not sent: " + failure.getMessage());
        }
    }

    /**
     * The result after failures. If any failure is temporary, the delivery is retried for all mailboxes. If all
     * failures are permanent, the delivery succeeds as long as one mailbox accepted its message.
     */
    private static Answer answer(Collection<Exception> failures, boolean all) {
        List<SmtpReply> replies = failures.stream().map(SmtpReply::of).toList();
        SmtpReply worst = replies.stream()
                .filter(reply -> !reply.isPermanent())
                .findFirst()
                .orElse(replies.get(0));
        String text = String.join("; ", replies.stream().map(SmtpReply::text).toList());
        if (!worst.isPermanent()) {
            return new Answer(false, worst.code(), text, FollowUp.RETRY);
        }
        boolean gone = replies.stream().allMatch(SmtpReply::isNoMailbox);
        return all
                ? new Answer(false, worst.code(), text, gone ? FollowUp.DISABLE_CHANNEL : FollowUp.GIVE_UP)
                : new Answer(true, DELIVERED, "some mailboxes failed: " + text, FollowUp.RETRY);
    }

    private MimeMessage message(String mailbox) throws MessagingException {
        var template = new EmailTemplate(outbound.notification());
        var from = new InternetAddress(settings.from());
        var message = sender.createMimeMessage();
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, address(mailbox));
        message.setSubject(template.subject(), "UTF-8");
        message.setSentDate(Date.from(outbound.at()));
        // Prevents automatic replies, such as out-of-office messages (RFC 3834).
        message.setHeader("Auto-Submitted", "auto-generated");
        String domain = from.getAddress().substring(from.getAddress().indexOf('@') + 1);
        message.setHeader(
                "Message-ID",
                "<" + outbound.notification().id() + "." + outbound.channel().id() + "@" + domain + ">");
        var text = new MimeBodyPart();
        text.setText(template.text(), StandardCharsets.UTF_8.name());
        var html = new MimeBodyPart();
        html.setText(template.html(), StandardCharsets.UTF_8.name(), "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        return message;
    }

    private static InternetAddress address(String mailbox) throws MessagingException {
        int at = mailbox.lastIndexOf('@');
        return new InternetAddress(mailbox.substring(0, at + 1) + IDN.toASCII(mailbox.substring(at + 1)));
    }
}
