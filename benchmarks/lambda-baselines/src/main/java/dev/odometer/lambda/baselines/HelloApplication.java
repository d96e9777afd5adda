package dev.odometer.lambda.baselines;

import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A function as the stock adapter's documentation shows one. */
@SpringBootApplication
public class HelloApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(HelloApplication.class, arguments);
    }

    /** Greets whoever calls. */
    @Bean
    public Function<String, String> hello() {
        return name -> "hello " + name;
    }
}
