package dev.odometer.local.http.server;

import dev.odometer.functions.refusal.StartRefusal;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerSslBundle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/**
 * Checks the certificate and the private key of {@code server.ssl}. Without it, Spring Boot prints a stack trace for a file
 * that is missing, and Tomcat starts with the key of another certificate, so that every handshake fails.
 */
public final class CertificateCheck {

    private static final byte[] SAMPLE = {1};

    private CertificateCheck() {}

    /**
     * @param bundles those of the application; null before it has any
     * @return a warning if the certificate is not valid now
     * @throws StartRefusal when TLS is on and cannot work
     */
    public static Optional<String> check(Environment environment, @Nullable SslBundles bundles) {
        Binder binder = Binder.get(environment);
        Ssl ssl = binder.bind("server.ssl", Ssl.class).orElse(null);
        if (ssl == null || !ssl.isEnabled()) {
            return Optional.empty();
        }
        if (ssl.getBundle() == null
                && ssl.getKeyStore() == null
                && (ssl.getCertificate() == null || ssl.getCertificatePrivateKey() == null)) {
            throw new StartRefusal(
                    "TLS needs a certificate and its private key.",
                    "Set both server.ssl.certificate and server.ssl.certificate-private-key, or server.ssl.bundle.");
        }
        try {
            SslBundle bundle =
                    WebServerSslBundle.get(ssl, bundles == null ? configured(binder, ssl.getBundle()) : bundles);
            X509Certificate certificate = certificate(bundle, ssl);
            bundle.createSslContext();
            return warning(certificate, Clock.systemUTC().instant());
        } catch (StartRefusal refusal) {
            throw refusal;
        } catch (GeneralSecurityException | RuntimeException unusable) {
            // Spring Boot has no common type for files that cannot be read or parsed.
            throw refusal(ssl, message(unusable));
        }
    }

    private static SslBundles configured(Binder binder, @Nullable String name) {
        var registry = new DefaultSslBundleRegistry();
        if (name != null) {
            binder.bind("spring.ssl.bundle.pem." + name, PemSslBundleProperties.class)
                    .ifBound(properties -> registry.registerBundle(name, PropertiesSslBundle.get(properties)));
            binder.bind("spring.ssl.bundle.jks." + name, JksSslBundleProperties.class)
                    .ifBound(properties -> registry.registerBundle(name, PropertiesSslBundle.get(properties)));
        }
        return registry;
    }

    private static X509Certificate certificate(SslBundle bundle, Ssl ssl) throws GeneralSecurityException {
        KeyStore store = bundle.getStores().getKeyStore();
        String password = bundle.getKey().getPassword() == null
                ? bundle.getStores().getKeyStorePassword()
                : bundle.getKey().getPassword();
        if (store != null) {
            for (String alias : Collections.list(store.aliases())) {
                Key key = store.isKeyEntry(alias)
                        ? store.getKey(alias, password == null ? null : password.toCharArray())
                        : null;
                if (key instanceof PrivateKey secret && store.getCertificate(alias) instanceof X509Certificate found) {
                    if (!isPair(secret, found)) {
                        throw refusal(ssl, "the private key does not belong to the certificate");
                    }
                    return found;
                }
            }
        }
        throw refusal(ssl, "a certificate with its private key is required");
    }

    private static boolean isPair(PrivateKey key, X509Certificate certificate) throws NoSuchAlgorithmException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        var signature = Signature.getInstance(algorithm);
        try {
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException ofAnotherAlgorithm) {
            return false;
        }
    }

    private static Optional<String> warning(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        return now.isBefore(from) || now.isAfter(to)
                ? Optional.of("The certificate is valid from " + from + " to " + to + " only: clients will refuse it")
                : Optional.empty();
    }

    private static String message(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        String root = String.valueOf(
                NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        return message.contains(root) ? message : message + ": " + root;
    }

    private static StartRefusal refusal(Ssl ssl, String reason) {
        String of = ssl.getBundle() == null ? place(ssl) : "the bundle " + ssl.getBundle();
        return new StartRefusal(
                "TLS cannot be used with " + of + ": " + reason + ".",
                "Correct the settings server.ssl.* or the files, see docs/operations.md.");
    }

    private static String place(Ssl ssl) {
        return ssl.getKeyStore() != null
                ? "server.ssl.key-store=" + ssl.getKeyStore()
                : "server.ssl.certificate=" + ssl.getCertificate() + " and server.ssl.certificate-private-key="
                        + (isPath(ssl.getCertificatePrivateKey()) ? ssl.getCertificatePrivateKey() : "…");
    }

    /** The setting may be the key itself, which must not be printed. */
    private static boolean isPath(@Nullable String key) {
        return key == null || !key.contains("-----");
    }
}
