package dev.odometer.aws.lambda.deadletter;

import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.digest.Sha256;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * A dead letter as an SQS message. The body is unchanged, so that the queue's redrive can return it; the rest is in
 * message attributes. A body with bytes or characters that SQS does not accept is encoded in Base64, which
 * {@code odometer-encoding} indicates.
 */
final class DeadLetterMessage {

    private static final String PREFIX = "odometer-";
    private static final String FIFO = ".fifo";
    /** SQS does not accept a message without a body. */
    private static final String NO_BODY = "{}";

    private DeadLetterMessage() {}

    static SendMessageRequest of(DeadLetter item, String queueUrl) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("channel", item.channel());
        texts.put("origin", item.origin());
        texts.put("id", item.id());
        texts.put("reason", item.reason());
        texts.put("parked-at", item.storedAt().toString());
        if (item.contentType() != null) {
            texts.put("content-type", item.contentType());
        }
        if (!item.attributes().isEmpty()) {
            texts.put("attributes", form(item.attributes()));
        }
        String body = body(item.body(), texts);
        var attributes = new LinkedHashMap<String, MessageAttributeValue>();
        texts.forEach((name, text) -> attributes.put(PREFIX + name, attribute(text)));
        var message = SendMessageRequest.builder()
                .queueUrl(queueUrl)
                .messageBody(body)
                .messageAttributes(attributes);
        if (queueUrl.endsWith(FIFO)) {
            message.messageGroupId(item.channel()).messageDeduplicationId(identity(item));
        }
        return message.build();
    }

    private static String body(byte[] bytes, Map<String, String> texts) {
        if (bytes.length == 0) {
            texts.put("encoding", "none");
            return NO_BODY;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.codePoints().allMatch(DeadLetterMessage::isAllowed)) {
                return text;
            }
        } catch (CharacterCodingException notText) {
            // Encoded in Base64 below, like text with characters that SQS does not accept.
        }
        texts.put("encoding", "base64");
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static MessageAttributeValue attribute(String text) {
        String allowed = text.codePoints()
                .map(c -> isAllowed(c) ? c : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(allowed.isEmpty() ? " " : allowed)
                .build();
    }

    /** The characters of XML 1.0, see the API reference of SendMessage. */
    private static boolean isAllowed(int c) {
        return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && (c & ~1) != 0xFFFE);
    }

    /** A single attribute for all, because a message has at most ten attributes. */
    private static String form(Map<String, String> attributes) {
        return new TreeMap<>(attributes)
                .entrySet().stream()
                        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String identity(DeadLetter item) {
        var sha256 = new Sha256();
        for (String part : List.of(item.channel(), item.origin(), item.id(), item.contentDigest())) {
            sha256.add(part.length() + ":" + part);
        }
        return sha256.hex();
    }
}
