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
 * A parked item as a message: the body as it was, so that the queue's own redrive puts it back, and the rest in message
 * attributes. A body that is no text which SQS takes is Base64, and {@code odometer-encoding} says so.
 */
final class DeadLetterMessage {

    private static final String PREFIX = "odometer-";
    private static final String FIFO = ".fifo";
    /** SQS takes no message without a body. */
    private static final String NO_BODY = "{}";

    private DeadLetterMessage() {}

    static SendMessageRequest of(DeadLetter item, String queueUrl) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("channel", item.channel());
        texts.put("origin", item.origin());
        texts.put("id", item.id());
        texts.put("reason", item.reason());
        texts.put("parked-at", item.parkedAt().toString());
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
        } catch (CharacterCodingException noText) {
            // So it goes as Base64, like text with characters that SQS refuses.
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

    /** See the API reference of SendMessage: XML's characters. */
    private static boolean isAllowed(int c) {
        return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && (c & ~1) != 0xFFFE);
    }

    /** One attribute for all, since a message has at most ten. */
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
        for (String part : List.of(item.channel(), item.origin(), item.id())) {
            sha256.add(part.length() + ":" + part);
        }
        return sha256.hex();
    }
}
