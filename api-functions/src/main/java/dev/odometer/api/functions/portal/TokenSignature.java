package dev.odometer.api.functions.portal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.odometer.functions.digest.Sha256;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs and verifies portal tokens: JSON Web Tokens with HMAC-SHA256 (RFC 7515, 7518, 7519). Only one header is written
 * and accepted, so that a token cannot choose the algorithm of its verification. Safe for concurrent use.
 */
public final class TokenSignature {

    /** The setting of the secret. */
    public static final String SECRET = "odometer.portal.token-secret";

    /** <code>{"alg":"HS256","typ":"JWT"}</code>. */
    private static final String HEADER = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.";

    /** RFC 7518, section 3.2: the key must be at least as long as the hash output. */
    private static final int MIN_SECRET_LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;

    private TokenSignature(byte[] secret) {
        this.secret = secret;
    }

    /**
     * Creates signatures with this secret; without one, the portal is disabled.
     *
     * @throws StartRefusal when the secret is too short
     */
    public static TokenSignature of(@Nullable String secret) {
        byte[] bytes = secret == null ? new byte[0] : secret.getBytes(UTF_8);
        if (bytes.length > 0 && bytes.length < MIN_SECRET_LENGTH) {
            throw new StartRefusal(SECRET + " must have at least " + MIN_SECRET_LENGTH + " bytes, but has "
                    + bytes.length + ": generate one with openssl rand -hex 32");
        }
        return new TokenSignature(bytes);
    }

    /** @throws Refusal when the portal is disabled */
    void checkSet() {
        if (secret.length == 0) {
            throw Refusal.conflict("the portal is not set up: " + SECRET + " is not set");
        }
    }

    /** The signed token of claims in JSON. */
    String token(byte[] claims) {
        String signed = HEADER + base64(claims);
        return signed + "." + signature(signed);
    }

    /** Compares in constant time, to prevent timing attacks. */
    boolean isValid(String token) {
        int end = token.lastIndexOf('.');
        return token.startsWith(HEADER)
                && end >= HEADER.length()
                && MessageDigest.isEqual(
                        signature(token.substring(0, end)).getBytes(US_ASCII),
                        token.substring(end + 1).getBytes(UTF_8));
    }

    private String signature(String signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return base64(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The digest that is stored in place of the token. */
    static String digest(String token) {
        return new Sha256().add(token).hex();
    }
}
