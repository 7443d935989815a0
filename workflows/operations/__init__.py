"""The verbs: one public function is one transaction that loads, permits, advances and applies; no SQL, no Flask."""
