package dev.odometer.customer;

class InMemorySubjectsTest extends SubjectsContract {

    @Override
    protected Subjects empty() {
        return new InMemorySubjects();
    }
}
