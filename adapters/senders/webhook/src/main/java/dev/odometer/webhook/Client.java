package dev.odometer.webhook;

import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Apache HttpClient without its automatic behavior: no redirects, cookies, retries, proxies, upgrades or compression.
 * Each exchange opens a new connection, because a pooled connection can be stale after a platform has frozen the
 * process.
 */
final class Client {

    /** More than the deliveries in flight. */
    private static final int CONNECTIONS = 256;

    private static final int MAX_LINE_LENGTH = 16 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final Timeout TIMEOUT = Timeout.of(Duration.ofSeconds(15));

    private final CloseableHttpClient http;

    Client(CheckedAddresses addresses) {
        http = HttpClients.custom()
                .setConnectionManager(connections(addresses))
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(TIMEOUT)
                        .setResponseTimeout(TIMEOUT)
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

    private static HttpClientConnectionManager connections(CheckedAddresses addresses) {
        var limits = Http1Config.custom()
                .setMaxLineLength(MAX_LINE_LENGTH)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(limits)
                        .build())
                .setDnsResolver(addresses)
                // The JDK's host name verification; that of the client loads the public suffix list first.
                .setTlsSocketStrategy(ClientTlsStrategyBuilder.create()
                        .setHostVerificationPolicy(HostnameVerificationPolicy.BUILTIN)
                        .buildClassic())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(TIMEOUT)
                        .setSocketTimeout(TIMEOUT)
                        .build())
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .build();
    }

    Exchange prepare(Endpoint endpoint, Map<String, String> headers, byte[] body) {
        var post = new HttpPost(endpoint.uri());
        post.setEntity(new ByteArrayEntity(body, ContentType.create("application/json")));
        headers.forEach(post::setHeader);
        return new Exchange(http, post);
    }
}
