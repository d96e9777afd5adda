package dev.odometer.webhook;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Target.Webhook;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages by the Standard Webhooks specification (standardwebhooks.com): HMAC-SHA256 of id, time and body. */
final class Signature {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * The value of the signature header: one signature or, while a previous secret is still valid, one with each
     * secret.
     *
     * @throws Refusal INVALID when a secret is not Base64
     */
    static String of(String id, Instant at, byte[] body, Webhook webhook) {
        var signed = new ByteArrayOutputStream();
        signed.writeBytes((id + "." + at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(body);
        String current = signature(signed.toByteArray(), webhook.secret());
        String previous = webhook.previousSecret();
        return previous == null || isPreviousExpired(webhook, at)
                ? current
                : current + " " + signature(signed.toByteArray(), previous);
    }

    private static boolean isPreviousExpired(Webhook webhook, Instant at) {
        Instant until = webhook.previousUntil();
        return until != null && !at.isBefore(until);
    }

    private static String signature(byte[] signed, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes(secret), ALGORITHM));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException unknown) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, unknown);
        }
    }

    private static byte[] bytes(String secret) {
        try {
            return Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
        } catch (IllegalArgumentException invalid) {
            throw Refusal.invalid("the signing secret is not Base64");
        }
    }
}
