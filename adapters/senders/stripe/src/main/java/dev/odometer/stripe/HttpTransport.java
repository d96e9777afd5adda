package dev.odometer.stripe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Apache HttpClient without its automatic behavior: no redirects, cookies, retries, proxies or compression. Connections
 * are used again for a short time, since an invoice takes several requests; an idle one is checked first, because a
 * platform may have frozen the process.
 */
final class HttpTransport implements Transport {

    /** Stripe's responses to the requests of this adapter are far smaller: at most 100 items of about 3 kB. */
    private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

    private static final int CONNECTIONS = 64;
    private static final Duration MAX_AGE = Duration.ofSeconds(30);
    /** The version of Stripe's API whose requests and responses this adapter uses. */
    private static final String API_VERSION = "2025-03-31.basil";

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "stripe-timeout");
        thread.setDaemon(true);
        return thread;
    });

    private final CloseableHttpClient http;
    private final StripeSettings settings;
    private final Duration limit;

    /** @param limit of the total time of a request */
    HttpTransport(StripeSettings settings, Duration limit) {
        this.settings = settings;
        this.limit = limit;
        var timeout = Timeout.of(limit);
        http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        // The JDK's host name verification; that of the client loads the public suffix list first.
                        .setTlsSocketStrategy(ClientTlsStrategyBuilder.create()
                                .setHostVerificationPolicy(HostnameVerificationPolicy.BUILTIN)
                                .buildClassic())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .setTimeToLive(TimeValue.of(MAX_AGE))
                                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                .build())
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .setUserAgent("Odometer")
                .build();
    }

    @Override
    public Response send(StripeRequest request) throws IOException {
        var message = new HttpUriRequestBase(request.method(), java.net.URI.create(settings.url() + request.target()));
        message.setHeader("Authorization", "Bearer " + settings.apiKey());
        message.setHeader("Stripe-Version", API_VERSION);
        if (request.idempotencyKey() != null) {
            message.setHeader("Idempotency-Key", request.idempotencyKey());
        }
        if (request.form() != null) {
            message.setEntity(new StringEntity(request.form(), ContentType.APPLICATION_FORM_URLENCODED));
        }
        // The client's timeouts each apply to one step; this one applies to all.
        Future<?> timeout = TIMER.schedule(message::abort, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return response(message);
        } finally {
            timeout.cancel(false);
        }
    }

    private Response response(HttpUriRequestBase message) throws IOException {
        URIAuthority authority = message.getAuthority();
        var target = new HttpHost(message.getScheme(), authority.getHostName(), authority.getPort());
        try (ClassicHttpResponse response = http.executeOpen(target, message, null)) {
            return new Response(
                    response.getCode(),
                    response.getEntity() == null
                            ? ""
                            : text(response.getEntity().getContent()),
                    header(response, "Stripe-Should-Retry"),
                    header(response, "Retry-After"));
        }
    }

    private static String text(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BODY_BYTES + 1);
        if (bytes.length > MAX_BODY_BYTES) {
            throw new IOException("the response is longer than " + MAX_BODY_BYTES + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static @Nullable String header(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }
}
