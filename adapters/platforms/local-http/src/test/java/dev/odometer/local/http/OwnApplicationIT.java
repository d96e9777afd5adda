package dev.odometer.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.Shop;
import dev.odometer.door.own.WithoutBilling;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/** The starters of Spring Boot work in a service's own application, next to its functions. */
class OwnApplicationIT {

    @TempDir
    Path folder;

    /** Starts the application with a database in memory, and requests a path. */
    static final class Client implements UnaryOperator<String> {

        @Override
        public String apply(String path) {
            TomcatURLStreamHandlerFactory.disable();
            try (var service = SpringApplication.run(
                    Shop.class, "--server.port=0", "--spring.main.banner-mode=off", "--logging.level.root=OFF")) {
                String port = service.getEnvironment().getProperty("local.server.port");
                return HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
            } catch (IOException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    @Test
    void answersFromADatabaseThatSpringBootConfigures() throws Exception {
        assertThat(WithoutBilling.run(Client.class, "/products/tea", folder)).isEqualTo("{\"NAME\":\"Earl Grey\"}");
    }
}
