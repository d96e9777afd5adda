package dev.odometer.email;

import dev.odometer.email.EmailCourier.Answer;
import dev.odometer.metering.notification.Courier.OutboundMessage;
import dev.odometer.metering.notification.Courier.Then;
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

/** A notification on its way to mailboxes: a message to each, so that none sees the others, over one connection. */
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
            return new Answer(true, DELIVERED, "", Then.AGAIN);
        } catch (MailSendException some) {
            Map<Object, Exception> failed = some.getFailedMessages();
            return failed.isEmpty()
                    ? Answer.none("not sent: " + some.getMessage())
                    : answer(failed.values(), failed.size() == messages.size());
        } catch (MailException none) {
            return Answer.none("not sent: " + none.getMessage());
        }
    }

    /** Mailboxes that are refused for good keep nobody from having it; any other is tried again, with all of them. */
    private static Answer answer(Collection<Exception> failures, boolean all) {
        List<SmtpReply> replies = failures.stream().map(SmtpReply::of).toList();
        SmtpReply worst = replies.stream()
                .filter(reply -> !reply.isPermanent())
                .findFirst()
                .orElse(replies.get(0));
        String text = String.join("; ", replies.stream().map(SmtpReply::text).toList());
        if (!worst.isPermanent()) {
            return new Answer(false, worst.code(), text, Then.AGAIN);
        }
        boolean gone = replies.stream().allMatch(SmtpReply::saysThereIsNoMailbox);
        return all
                ? new Answer(false, worst.code(), text, gone ? Then.GONE : Then.NEVER)
                : new Answer(true, DELIVERED, "but: " + text, Then.AGAIN);
    }

    private MimeMessage message(String mailbox) throws MessagingException {
        var words = new EmailTemplate(outbound.notification());
        var from = new InternetAddress(settings.from());
        var message = sender.createMimeMessage();
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, address(mailbox));
        message.setSubject(words.subject(), "UTF-8");
        message.setSentDate(Date.from(outbound.at()));
        // So that no out-of-office answers it (RFC 3834).
        message.setHeader("Auto-Submitted", "auto-generated");
        String domain = from.getAddress().substring(from.getAddress().indexOf('@') + 1);
        message.setHeader(
                "Message-ID",
                "<" + outbound.notification().id() + "." + outbound.channel().id() + "@" + domain + ">");
        var text = new MimeBodyPart();
        text.setText(words.text(), StandardCharsets.UTF_8.name());
        var html = new MimeBodyPart();
        html.setText(words.html(), StandardCharsets.UTF_8.name(), "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        return message;
    }

    private static InternetAddress address(String mailbox) throws MessagingException {
        int at = mailbox.lastIndexOf('@');
        return new InternetAddress(mailbox.substring(0, at + 1) + IDN.toASCII(mailbox.substring(at + 1)));
    }
}
