package dev.odometer.lambda.baselines;

import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A function as in the documentation of Spring Cloud Function's adapter. */
@SpringBootApplication
public class HelloApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(HelloApplication.class, arguments);
    }

    /** Returns a greeting. */
    @Bean
    public Function<String, String> hello() {
        return name -> "hello " + name;
    }
}
