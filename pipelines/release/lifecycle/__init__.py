"""The life of a release: candidate, approval, verification, rollback, withdrawal, retention."""
