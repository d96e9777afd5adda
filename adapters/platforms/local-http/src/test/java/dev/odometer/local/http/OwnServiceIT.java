package dev.odometer.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.own.OwnService;
import dev.odometer.door.own.WithoutBilling;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The platform serves functions of other services, without billing and without a database on the class path. */
class OwnServiceIT {

    @TempDir
    Path folder;

    /** The application of another service. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** Starts the service with a data folder, pushes an event, and requests its health and a greeting. */
    static final class Client implements UnaryOperator<String> {

        @Override
        public String apply(String folder) {
            // A process has but one of these, which the Tomcat of another class path may have set already.
            TomcatURLStreamHandlerFactory.disable();
            try (var service = SpringApplication.run(
                    Application.class,
                    "--server.port=0",
                    "--odometer.push=on",
                    "--odometer.data-dir=" + folder,
                    "--logging.level.root=OFF")) {
                String url = "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
                return send(HttpRequest.newBuilder(URI.create(url + "/healthz")))
                        + send(HttpRequest.newBuilder(URI.create(url + "/greetings/you")))
                        + send(HttpRequest.newBuilder(URI.create(url + "/"))
                                .POST(BodyPublishers.ofString(OwnService.event("milk"))))
                        + OwnService.PROCESSED;
            }
        }

        private static String send(HttpRequest.Builder request) {
            try {
                return HttpClient.newHttpClient()
                        .send(request.build(), BodyHandlers.ofString())
                        .body();
            } catch (IOException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    @Test
    void answersRequestsAndProcessesEvents() throws Exception {
        Path data = folder.resolve("data");

        assertThat(WithoutBilling.run(Client.class, data.toString(), folder))
                .isEqualTo("{\"status\":\"ok\"}{\"hello\":\"you\"}[milk]");
        assertThat(data.resolve("postgres")).doesNotExist();
    }
}
